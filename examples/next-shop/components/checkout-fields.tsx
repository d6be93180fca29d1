import type { InputHTMLAttributes, ReactNode } from 'react'

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  readonly name: string
  readonly label: string
  readonly hint?: string
}

function Field({ label, hint, ...input }: FieldProps) {
  return (
    <div className="field" data-field={input.name}>
      <label htmlFor={input.name}>{label}</label>
      <input id={input.name} aria-describedby={hint ? `${input.name}-hint` : undefined} {...input} />
      {hint ? <p id={`${input.name}-hint`}>{hint}</p> : null}
    </div>
  )
}

/** Who orders. */
export function ContactFields(): ReactNode {
  return (
    <fieldset className="fields">
      <legend>Contact</legend>
      <Field name="name" label="Full name" autoComplete="name" required maxLength={80} />
      <Field
        name="email"
        label="Email"
        type="email"
        autoComplete="email"
        required
        hint="For the receipt only"
      />
    </fieldset>
  )
}

/** Where it goes. */
export function AddressFields(): ReactNode {
  return (
    <fieldset className="fields">
      <legend>Address</legend>
      <Field name="street" label="Street and number" autoComplete="address-line1" required maxLength={120} />
      <Field name="postcode" label="Postcode" autoComplete="postal-code" required maxLength={10} />
      <Field name="town" label="Town" autoComplete="address-level2" required maxLength={80} />
      <div className="field" data-field="country">
        <label htmlFor="country">Country</label>
        <select id="country" name="country" autoComplete="country" defaultValue="GB">
          <option value="GB">United Kingdom</option>
          <option value="IE">Ireland</option>
          <option value="NO">Norway</option>
          <option value="DE">Germany</option>
          <option value="FR">France</option>
        </select>
      </div>
    </fieldset>
  )
}

/** A card that nobody reads: the form is never sent anywhere. */
export function CardFields(): ReactNode {
  return (
    <fieldset className="fields">
      <legend>Payment</legend>
      <p className="demo-note">
        Demo: nothing is charged. Please make up a number, such as 4242 4242 4242 4242.
      </p>
      <Field
        name="card"
        label="Card number"
        inputMode="numeric"
        autoComplete="off"
        pattern="[0-9 ]{15,23}"
        title="Fifteen to nineteen digits"
        required
      />
      <Field
        name="expiry"
        label="Expires"
        inputMode="numeric"
        autoComplete="off"
        placeholder="MM/YY"
        pattern="(0[1-9]|1[0-2])\s?/\s?[0-9]{2}"
        title="Month and year, such as 08/29"
        required
      />
      <Field
        name="cvc"
        label="Security code"
        inputMode="numeric"
        autoComplete="off"
        pattern="[0-9]{3,4}"
        title="Three or four digits"
        required
      />
    </fieldset>
  )
}
