// The screen Attune → Settings.
import './admin.scss'
import { mount } from './common/mount.tsx'
import { SettingsScreen } from './settings/settings-screen.tsx'

mount('attune-settings', () => <SettingsScreen />)
