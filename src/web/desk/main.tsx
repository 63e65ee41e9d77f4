import { startApp } from '../parts/app/start-app.tsx'
import { reloadOnUpdate } from './browser/reload-on-update.ts'
import { router } from './router.tsx'
import { dictionaries } from './texts/index.ts'

reloadOnUpdate()
startApp(router, dictionaries)
