import '@fontsource-variable/golos-text/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '../ui/tokens.css'
import './styles/frame.css'
import './styles/neighbours.css'
import './styles/text.css'
import './styles/code.css'
import './styles/search.css'
import './styles/narrow.css'
import './styles/print.css'
import { startCopying } from './copy.ts'
import { startMenu } from './menu.ts'
import { followReader } from './place.ts'
import { startSearch } from './search/search.ts'

startCopying()
startMenu()
followReader()
startSearch()
