import type { Segment } from '../../editor/segments/segment.ts'
import type { Settings, SiteFacts } from '../server/answers.ts'

/** What a section of the settings shows and changes. */
export interface SectionProps {
  readonly settings: Settings
  readonly facts: SiteFacts
  readonly segments: readonly Segment[]
  readonly set: (changes: Partial<Settings>) => void
}
