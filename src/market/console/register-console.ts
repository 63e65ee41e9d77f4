import type { FastifyInstance } from 'fastify'
import { serveConsole } from './serve-console.ts'
import { registerSession, type SessionNeeds } from './session-routes.ts'

/** `/console`: the cabinet's console, and who is signed in there. */
export async function registerConsole(app: FastifyInstance, needs: SessionNeeds): Promise<void> {
  await registerSession(app, needs)
  await serveConsole(app)
}
