/** `PRILAVOK_DEMO=0` says no, as people expect; commander takes any value for yes. */
export function forgetEmptyVariables(environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('PRILAVOK_') && /^(|0|no|off|false)$/i.test(value ?? '') && !/_(PORT|LIMIT|SEED)$/.test(name))
      delete environment[name]
  }
}
