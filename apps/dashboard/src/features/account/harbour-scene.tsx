import classes from './account-page.module.css';

/** A hull at the top of its rails, at dusk: what the product is named after. */
export function HarbourScene() {
  return (
    <svg
      className={classes.scene}
      viewBox="0 0 720 560"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id="sea" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#12808a" />
          <stop offset="1" stopColor="#0a3f52" />
        </linearGradient>
        <linearGradient id="hull" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#f7fbfc" />
          <stop offset="1" stopColor="#cfdfe6" />
        </linearGradient>
      </defs>
      <circle cx="560" cy="170" r="64" fill="#f2b49b" opacity="0.9" />
      <circle cx="560" cy="170" r="104" fill="#f2b49b" opacity="0.1" />
      <path d="M0 372l120-46 96 30 120-64 150 62 98-30 136 44v192H0z" fill="#10365a" opacity="0.55" />
      <path d="M300 424q52-10 104 0t104 0 104 0 120 0v136H300z" fill="url(#sea)" />
      <path
        d="M420 458q26-6 52 0t52 0M560 490q26-6 52 0t52 0M470 520q26-6 52 0t52 0M616 446q20-5 40 0"
        stroke="#8fd5d9"
        strokeWidth="2.5"
        strokeLinecap="round"
        fill="none"
        opacity="0.5"
      />
      <path d="M0 322l470 128-60 110H0z" fill="#0a2338" />
      <path d="M0 318l500 136" stroke="#3fb8bd" strokeWidth="6" />
      <path d="M0 350l488 132" stroke="#3fb8bd" strokeWidth="3" opacity="0.5" />
      <path
        d="M40 322l-14 42M112 342l-14 42M184 361l-14 42M256 381l-14 42M328 401l-14 42M400 420l-14 42M462 437l-14 42"
        stroke="#1d5a78"
        strokeWidth="7"
        strokeLinecap="round"
      />
      <g transform="translate(64 128) rotate(15.2)">
        <path d="M96 38V-74l96 104z" fill="#3fb8bd" opacity="0.92" />
        <path d="M84 38V-40L28 34z" fill="#8fd5d9" opacity="0.85" />
        <path d="M90 46V-86" stroke="#dbe9ee" strokeWidth="5" strokeLinecap="round" />
        <path
          d="M4 52h318q-18 54-58 84a34 34 0 0 1-21 7H84a34 34 0 0 1-24-10Q22 98 4 52z"
          fill="url(#hull)"
        />
        <path
          d="M32 98h266q-14 22-34 38a34 34 0 0 1-21 7H84a34 34 0 0 1-24-10Q44 117 32 98z"
          fill="#e4603f"
        />
        <path d="M26 66h286" stroke="#0b1f33" strokeWidth="3" opacity="0.25" />
        <circle cx="216" cy="80" r="6" fill="#0b1f33" opacity="0.55" />
        <circle cx="244" cy="80" r="6" fill="#0b1f33" opacity="0.55" />
        <circle cx="272" cy="80" r="6" fill="#0b1f33" opacity="0.55" />
        <path d="M88 148h34l-8 14H96zM206 148h34l-8 14h-18z" fill="#1d5a78" />
      </g>
    </svg>
  );
}
