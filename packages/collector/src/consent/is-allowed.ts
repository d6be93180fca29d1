import { type Consent, type EventDefinitions, isGranted, purposeOfEvent } from '@attune/core'

/** Tells whether an event of this name may be remembered; an undeclared or unreadable one needs the default purpose. */
export function isAllowed(events: EventDefinitions, name: string, consent: Consent): boolean {
  return isGranted(consent, purposeOfEvent(events, name))
}
