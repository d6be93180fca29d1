import Link from 'next/link'

export default function Page() {
  return (
    <p>
      About us. <Link href="/">Home</Link>
    </p>
  )
}
