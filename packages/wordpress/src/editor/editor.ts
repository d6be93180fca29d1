// Everything that Attune adds to the block editor, wherever that is: posts, the site editor, widgets.
import './editor.scss'
import domReady from '@wordpress/dom-ready'
import { registerAdaptive } from '../blocks/adaptive/register-adaptive.ts'
import { registerVariations } from '../blocks/adaptive/register-variations.ts'
import { registerVariant } from '../blocks/variant/register-variant.ts'
import { registerAudience } from './audience/register-audience.tsx'
import { registerPublishPanel } from './publish/publish-panel.tsx'
import { registerValueBinding } from './value/value-binding.tsx'
import { registerValueFormat } from './value/value-format.tsx'
import { registerViewAs } from './view-as/register-view-as.tsx'

// Filters before any block is registered: core's blocks are when the document is ready.
registerAudience()
registerValueBinding()
registerVariant()
registerAdaptive()
registerValueFormat()

// By then the scripts of whichever editor this is are there.
domReady(() => {
  registerVariations()
  registerViewAs()
  registerPublishPanel()
})
