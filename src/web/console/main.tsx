import { startApp } from '../parts/app/start-app.tsx'
import { router } from './router.tsx'
import { dictionaries } from './texts/index.ts'

startApp(router, dictionaries)
