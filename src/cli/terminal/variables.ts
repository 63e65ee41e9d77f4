/** `PRILAVOK_DEMO=0` says no, as people expect; commander takes any value for yes. One that is empty is none; a number may be 0. */
export function forgetEmptyVariables(environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(environment)) {
    const isNo = value === '' || (/^(0|no|off|false)$/i.test(value ?? '') && !/_(PORT|LIMIT|SEED)$/.test(name))
    if (name.startsWith('PRILAVOK_') && isNo) delete environment[name]
  }
}
