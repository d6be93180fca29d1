import type { ReactNode } from 'react'

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

/** A rucksack: our cart. */
export function CartIcon(): ReactNode {
  return (
    <Icon>
      <path d="M6 10a6 6 0 0 1 12 0v9a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2Z" />
      <path d="M9.5 4.5V4a2.5 2.5 0 0 1 5 0v.5M9 15h6v6H9zM9 10.5h6" />
    </Icon>
  )
}

/** A lorry: delivery. */
export function DeliveryIcon(): ReactNode {
  return (
    <Icon>
      <path d="M2 6h11v10H2zM13 9h4.5L21 12.5V16h-8zM6 19a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 6 19ZM17 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z" />
    </Icon>
  )
}

/** An arrow that comes back: returns. */
export function ReturnIcon(): ReactNode {
  return (
    <Icon>
      <path d="M4 9h11a5 5 0 0 1 0 10H8M8 5 4 9l4 4" />
    </Icon>
  )
}

/** A needle and thread: repairs. */
export function RepairIcon(): ReactNode {
  return (
    <Icon>
      <path d="m4 20 11-11M14 10l5-6 1 1-6 5M4 20c5 2 6-4 10-3s3 4 6 3" />
    </Icon>
  )
}

/** A pin on a map: a shop near by. */
export function PinIcon(): ReactNode {
  return (
    <Icon>
      <path d="M12 21s-6.5-5.6-6.5-11a6.5 6.5 0 0 1 13 0C18.5 15.4 12 21 12 21Z" />
      <path d="M12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z" />
    </Icon>
  )
}

/** An arrow to the right: go on. */
export function ArrowIcon(): ReactNode {
  return (
    <Icon>
      <path d="M4 12h15M13 6l6 6-6 6" />
    </Icon>
  )
}

/** A crescent: the night line. */
export function MoonIcon(): ReactNode {
  return (
    <Icon>
      <path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z" />
    </Icon>
  )
}
