#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { tuneEngine } from './engine.ts'

tuneEngine()
// Before anything else is loaded: a warm start takes half the time.
enableCompileCache()
await import('./program.ts')
