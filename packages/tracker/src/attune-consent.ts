import { defineConsentElement } from './consent/banner/consent-element.ts'
import { safely } from './safely.ts'

safely(() => defineConsentElement(window))
