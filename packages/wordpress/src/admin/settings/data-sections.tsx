import { CheckboxControl, FormTokenField, TextControl } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { Section } from './section.tsx'
import type { SectionProps } from './section-props.ts'

/** What visitors have to agree to. */
export function ConsentSection({ settings, facts, set }: SectionProps): ReactElement {
  return (
    <Section
      title={__('Consent', 'attune')}
      truth={
        facts.consentApi
          ? __(
              'The WP Consent API is active: what visitors choose there counts. Global Privacy Control is honoured.',
              'attune',
            )
          : __(
              'The WP Consent API is not active: the visitor’s choice is read from Attune’s own cookie, which your banner sets by attune.consent(). Global Privacy Control is honoured.',
              'attune',
            )
      }
    >
      <CheckboxControl
        __nextHasNoMarginBottom
        label={__('Remember nothing of a visitor before they said yes', 'attune')}
        help={
          settings.explicit_consent
            ? __('Without a stated yes only what the request itself says is used.', 'attune')
            : __('Visitors are remembered until they say no. Ask a lawyer whether you may.', 'attune')
        }
        checked={settings.explicit_consent}
        onChange={(explicit_consent) => set({ explicit_consent })}
      />
      <CheckboxControl
        __nextHasNoMarginBottom
        label={__('Obey Do Not Track as well', 'attune')}
        help={
          settings.collector === ''
            ? __('A browser that sends it is taken at its word, as with Global Privacy Control.', 'attune')
            : __(
                'A browser that sends it is taken at its word, as with Global Privacy Control. Tell your collector the same.',
                'attune',
              )
        }
        checked={settings.do_not_track === 'obey'}
        onChange={(isObeyed) => set({ do_not_track: isObeyed ? 'obey' : 'ignore' })}
      />
    </Section>
  )
}

/** Where profiles are kept. */
export function CollectorSection({ settings, set }: SectionProps): ReactElement {
  return (
    <Section
      title={__('Profiles', 'attune')}
      truth={
        settings.collector === ''
          ? __('Profiles stay in each visitor’s browser; this server keeps none.', 'attune')
          : __('Events go to the collector, and pages read the profile that it keeps.', 'attune')
      }
    >
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        type="url"
        label={__('Address of a collector', 'attune')}
        help={__('Leave it empty unless you run one.', 'attune')}
        value={settings.collector}
        onChange={(text) => set({ collector: text.trim() })}
      />
    </Section>
  )
}

/** Segments whose variants must not be seen in a page's source. */
export function ConfidentialSection({ settings, segments, set }: SectionProps): ReactElement {
  const { confidential } = settings
  const labels = new Map(segments.map(({ key, label }) => [key, label]))
  const nameOf = (key: string): string => (labels.has(key) ? `${labels.get(key)} (${key})` : key)
  const keys = new Map([...segments.map(({ key }) => key), ...confidential].map((key) => [nameOf(key), key]))
  return (
    <Section
      title={__('Confidential segments', 'attune')}
      truth={
        confidential.length === 0
          ? __(
              'No segment is confidential: where a page is cached, its variants stand in the page’s source.',
              'attune',
            )
          : sprintf(
              // translators: %s: names of segments.
              __(
                'Variants for %s are fetched, or chosen by the server, and never stand in a page that others get.',
                'attune',
              ),
              confidential.map((key) => labels.get(key) ?? key).join(', '),
            )
      }
    >
      <FormTokenField
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        __experimentalExpandOnFocus
        __experimentalShowHowTo={false}
        label={__('Segments', 'attune')}
        value={confidential.map(nameOf)}
        suggestions={[...keys.keys()]}
        onChange={(tokens) =>
          set({
            confidential: tokens.map((token) => {
              const name = typeof token === 'string' ? token : token.value
              return keys.get(name) ?? name
            }),
          })
        }
      />
      <p className="description">
        {__(
          'Personalised is not protected: what only some people may know does not belong into a variant.',
          'attune',
        )}
      </p>
    </Section>
  )
}

/** How long facts are kept. */
export function KeepSection({ settings, facts, set }: SectionProps): ReactElement {
  return (
    <Section
      title={__('Retention', 'attune')}
      truth={
        facts.woocommerce
          ? __(
              'Facts about customers, such as the number of their orders, are kept with their account.',
              'attune',
            )
          : __('WooCommerce is not active, so this site keeps no facts about customers.', 'attune')
      }
    >
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        type="number"
        min={1}
        label={__('Days after the last order', 'attune')}
        value={String(settings.keep_days)}
        onChange={(text) => set({ keep_days: Math.max(1, Math.floor(Number(text)) || 1) })}
      />
    </Section>
  )
}
