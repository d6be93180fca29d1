// The screen Attune → Segments.
import './admin.scss'
import { mount } from './common/mount.tsx'
import { SegmentsScreen } from './segments/segments-screen.tsx'

mount('attune-segments', () => <SegmentsScreen />)
