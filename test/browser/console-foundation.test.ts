import { describe, expect, test, vi } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { seeSaid, useBrowser } from '../support/browser.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const browser = useBrowser(market)

function say(message: string) {
  const { businessId, customer: buyer, apiKey } = browser.demo
  return ask(`${market.url}/v2/businesses/${businessId}/chats/message?chatId=${buyer.chatId}`, {
    method: 'POST',
    headers: { 'api-key': apiKey },
    json: { message },
  })
}

describe('signing in', () => {
  test('a link opens the console and leaves no ticket in the address; used again it says what to do', async () => {
    const link = market.running.consoleUrl()
    const page = await browser.openAt(link)
    await page.getByRole('heading', { name: 'Обзор' }).waitFor()
    expect(page.url()).toBe(`${market.url}/console/${browser.demo.businessId}/overview`)

    const again = await browser.openAt(link)
    await again.getByRole('alert').waitFor()
    expect(await again.getByRole('alert').textContent()).toContain('больше не открывает')
    await again.picture('sign-in-used')
    expect(await again.findings()).toEqual([])
    // The same page stays open: only what stands after # is another.
    await again.evaluate(`location.hash = '${new URL(market.running.consoleUrl()).hash}'`)
    await again.getByRole('heading', { name: 'Обзор' }).waitFor()
    expect(again.url()).not.toContain('ticket')
    expect(browser.takeTroubles().join()).toMatch(/401 \(Unauthorized\)/)
  }, 120_000)

  test('the admin token opens it, a wrong one is explained, signing out closes it', async () => {
    const page = await browser.openAt(`${market.url}/console`, { language: 'en' })
    expect(await page.survey('sign-in', () => page.locator('input').waitFor())).toEqual([])
    await page.locator('input').fill('admin-wrong')
    await page.locator('[type=submit]').click()
    await page.getByText('Это не токен администратора этого маркета').waitFor()
    await page.picture('sign-in-refused')
    await page.locator('input').fill(` ${market.adminToken} `)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Обзор' }).waitFor()
    await page.getByRole('button', { name: 'Настройки' }).click()
    await page.getByRole('menuitem', { name: 'Выйти' }).waitFor()
    await page.picture('settings-menu')
    await page.getByRole('menuitem', { name: 'Выйти' }).click()
    await page.getByRole('heading', { name: 'Вход в Prilavok' }).waitFor()
    expect(browser.takeTroubles().join()).toMatch(/401 \(Unauthorized\)/)
  }, 120_000)
})

describe('the frame', () => {
  test('pages are reached by keys in any layout, and all keys are on the sheet', async () => {
    const page = await browser.open('overview')
    await page.getByRole('heading', { name: 'Обзор' }).waitFor()
    await page.keyboard.press('KeyG')
    await page.keyboard.press('KeyK')
    await page.getByRole('heading', { name: 'Ключи' }).waitFor()
    await page.keyboard.press('KeyG')
    await page.keyboard.press('KeyT')
    await page.getByRole('heading', { name: 'Тестовые заказы' }).waitFor()
    await page.keyboard.press('Shift+Slash')
    await page.getByRole('dialog').getByText('Перейти: Лог запросов').waitFor()
    await page.picture('keys-sheet')
    expect(await page.findings()).toEqual([])
  })

  test('a key pressed while typing is a letter', async () => {
    const page = await browser.open('keys')
    await page.getByRole('button', { name: 'Новый ключ' }).click()
    await page.getByRole('dialog').getByRole('textbox').pressSequentially('gt')

    expect(await page.getByRole('dialog').getByRole('textbox').inputValue()).toBe('gt')
    expect(new URL(page.url()).pathname).toMatch(/keys$/)
  })

  test('the first tab stop skips to the page', async () => {
    const page = await browser.open('keys')
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')

    expect(await page.evaluate('document.activeElement.textContent')).toContain('Новый ключ')
  })

  test('an unknown business and an unknown page say where to go', async () => {
    const page = await browser.open('keys')
    await page.goto(`${market.url}/console/9007199254740993/keys`)
    await page.getByRole('link', { name: browser.demo.businessName }).waitFor()
    await page.picture('no-such-business')
    await page.goto(`${market.url}/console/${browser.demo.businessId}/nothing`)
    await page.getByRole('main').getByRole('link', { name: 'К обзору' }).waitFor()
    await page.getByRole('navigation').first().waitFor()
    await page.picture('no-such-page')
    expect(await page.findings()).toEqual([])
  })

  test('a lost connection is told, and what happened meanwhile is caught up with', async () => {
    const page = await browser.open('overview')
    await page.getByText('На связи').waitFor()
    await page.context().setOffline(true)
    await page.getByText('Связь потеряна').waitFor()
    await page.picture('connection-lost')
    await say('Пока вас не было')
    await page.context().setOffline(false)
    await page.getByText('На связи').waitFor()
    await page.getByText('Пока вас не было').waitFor()
    browser.takeTroubles()
  }, 120_000)
})

test('the overview shows a message as soon as it is there, in every look', async () => {
  const page = await browser.open('overview')
  await page.getByText('Последние события').waitFor()
  await say('Здравствуйте! Заказ уже в пути, будет завтра.')
  await page.getByText('Заказ уже в пути').first().waitFor()

  expect(await page.survey('overview', () => page.getByText('Заказ уже в пути').first().waitFor())).toEqual([])
  await page.setViewportSize({ width: 1400, height: 900 })
  const tile = page.getByRole('link', { name: /открыт\S+ спор/ })
  const count = Number.parseInt((await tile.textContent()) ?? '', 10)
  await tile.click()
  await page.waitForURL(/\/chats\?type=ARBITRAGE&status=unfinished/)
  await vi.waitFor(async () => expect(await page.locator('.chats-row').count()).toBe(count), { timeout: 30_000 })
}, 120_000)

test('an empty business teaches what to do', async () => {
  const { business } = await askAdminFor<{ business: { businessId: number } }>(market, 'POST /businesses', {
    name: 'Пусто',
  })
  const page = await browser.open('overview')
  for (const [path, button] of [
    ['overview', 'К тестовым заказам'],
    ['keys', 'Новый ключ'],
    ['test-orders', 'Новый тестовый заказ'],
  ]) {
    await page.goto(`${market.url}/console/${business.businessId}/${path}`)
    await page
      .locator('.empty')
      .getByText(button ?? '')
      .waitFor()
    await page.picture(`${path}-empty`)
    expect(await page.findings()).toEqual([])
  }
})

describe('keys', () => {
  test('a key is made, shown once, copied, works, and is revoked after a question', async () => {
    const { businessId } = browser.demo
    const page = await browser.open('keys')
    await page.getByRole('button', { name: 'Новый ключ' }).click()
    await page.getByLabel('Для чего он').fill('Чат-робот')
    await page.getByRole('button', { name: 'Создать ключ' }).click()
    await page.getByText('показывается один раз').waitFor()
    await page.picture('keys-shown')
    await page.getByRole('button', { name: 'Скопировать' }).first().click()
    const token = String(await page.evaluate('navigator.clipboard.readText()'))
    const call = () =>
      ask(`${market.url}/v2/businesses/${businessId}/chats`, {
        method: 'POST',
        headers: { 'api-key': token },
        json: {},
      })
    expect((await call()).status).toBe(200)

    await page.getByRole('button', { name: 'Ключ скопирован' }).click()
    await page.getByRole('row', { name: 'Чат-робот' }).getByRole('button', { name: 'Отозвать' }).click()
    await page.getByText('Отозвать «Чат-робот»?').waitFor()
    await page.picture('keys-revoke')
    expect((await call()).status, 'a question is not a deed').toBe(200)
    await page.getByRole('dialog').getByRole('button', { name: 'Отозвать' }).click()
    await page.getByRole('row', { name: 'Чат-робот' }).getByText('Отозван').waitFor()
    expect((await call()).status).toBe(401)
    expect(await page.getByText(token).count()).toBe(0)
  })

  test('they are readable in every look', async () => {
    const { businessId } = browser.demo
    const key = { name: 'Склад', scopes: ['communication', 'inventory-and-order-processing'] }
    await askAdminFor(market, `POST /businesses/${businessId}/keys`, key)
    const page = await browser.open('keys')

    expect(await page.survey('keys', () => page.getByText('Склад').waitFor())).toEqual([])
  }, 120_000)

  test('so is the form of a new one', async () => {
    const page = await browser.open('keys')
    const form = async () => {
      if (await page.getByRole('dialog').isHidden()) await page.locator('.page-acts button').first().click()
      await page.getByRole('dialog').waitFor()
    }

    expect(await page.survey('keys-new', form)).toEqual([])
  }, 120_000)
})

describe('tokens', () => {
  const withPanel = async () => {
    const page = await browser.open('keys')
    const open = async () => {
      if (await page.locator('.tokens').isHidden()) await page.locator('.page-acts button').nth(1).click()
      await page.locator('.tokens').waitFor()
    }
    await open()
    return { page, open }
  }

  test('they are readable in every look', async () => {
    const { page, open } = await withPanel()

    expect(await page.survey('tokens', open)).toEqual([])
  }, 120_000)

  test('those of one buyer are revoked after a question', async () => {
    const path = 'POST /customers/demo-buyer/tokens' as const
    await askAdminFor(market, 'PUT /customers/demo-buyer', { name: 'Анна' })
    const { token } = await askAdminFor<{ token: string }>(market, path)
    const call = () => ask(`${market.url}/buyer/v1/chats`, { headers: { authorization: `Bearer ${token}` } })
    const { page } = await withPanel()
    await page.getByLabel('publicId покупателя').fill('demo-buyer')
    await page.locator('.tokens').getByRole('button', { name: 'Отозвать', exact: true }).click()
    await page.getByText('Отозвать токены покупателя «demo-buyer»?').waitFor()
    await page.picture('tokens-revoke')
    expect(await page.findings()).toEqual([])
    expect((await call()).status).toBe(200)
    const revoke = page.getByRole('dialog').getByRole('button', { name: 'Отозвать' })
    await seeSaid(page.getByText('Отозвано'), () => revoke.click())

    expect((await call()).status).toBe(401)
  })

  test('who signs out everywhere is signed out on another device, where nobody does anything', async () => {
    const [page, other] = [await browser.open('keys'), await browser.open('keys')]
    await other.getByText('На связи').waitFor()
    await page.getByRole('button', { name: 'Настройки' }).click()
    await page.getByRole('menuitem', { name: 'Завершить все сеансы' }).click()
    await page.getByRole('heading', { name: 'Вход в Prilavok' }).waitFor()

    await other.getByRole('heading', { name: 'Вход в Prilavok' }).waitFor()
    expect(browser.takeTroubles().join()).toMatch(/401 \(Unauthorized\)/)
  })
})

// The last of this file: the others need the admin token that it revokes.
test('who revokes the admin token is led to the sign-in, which takes the new one', async () => {
  const page = await browser.open('keys')
  await page.getByRole('button', { name: 'Токены' }).click()
  await page.getByRole('button', { name: 'Отозвать токен администратора' }).click()
  await page.picture('tokens-admin')
  await page.getByRole('dialog').getByRole('button', { name: 'Отозвать' }).click()
  await page.getByRole('heading', { name: 'Вход в Prilavok' }).waitFor()
  await page.locator('input').fill(market.running.adminToken)
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'Обзор' }).waitFor()
  expect(market.running.adminToken).not.toBe(market.adminToken)
  browser.takeTroubles()
})
