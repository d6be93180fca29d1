import { tellPage } from './bridges/tell.ts'
import { definePreferencesElement } from './preferences/preferences-element.ts'
import { safely } from './safely.ts'

safely(() => definePreferencesElement(window, tellPage(window)))
