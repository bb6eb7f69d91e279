/**
 * Fills in `${stageVariables.name}`. An undefined variable renders empty (observed).
 */
export function withStageVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{stageVariables\.([A-Za-z0-9_]+)\}/g, (_all, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? '') : '',
  )
}
