/** What a visitor can be asked for. `functional` is always granted and never listed. */
export type Purpose = 'preferences' | 'statistics' | 'statistics-anonymous' | 'marketing'
