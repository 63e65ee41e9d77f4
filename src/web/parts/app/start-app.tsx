import '@mantine/core/styles.layer.css'
import '@fontsource-variable/golos-text/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '../../ui/tokens.css'
import '../../ui/mantine.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { type AnyRouter, RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { startI18n } from '../../ui/i18n.ts'
import { cssVariables, theme } from '../../ui/theme.ts'
import { makeQueryClient } from '../http/query-client.ts'

// Nothing is said before something has happened.
const Toasts = lazy(() => import('../../ui/feedback/toasts.tsx').then(({ Toasts: Shown }) => ({ default: Shown })))

/** Puts an application on the screen: its router, its texts, and what every application has. */
export function startApp(router: AnyRouter, dictionaries: Parameters<typeof startI18n>[0]): void {
  startI18n(dictionaries)
  createRoot(document.getElementById('root') ?? document.body).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Suspense fallback={null}>
          <Toasts />
        </Suspense>
        <QueryClientProvider client={makeQueryClient()}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
