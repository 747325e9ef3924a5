import classes from './logo.module.css';

/** A hull on its rails, about to touch the water. */
export function LogoMark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className={classes.mark}>
      <path d="M15.5 3.500v7.200h7.300z" fill="#3fb8bd" />
      <path d="M13.5 6.200v4.500H9.800z" fill="#8fd5d9" />
      <path
        d="M4 12.200h24l-5.300 8.500a2.400 2.400 0 0 1-2 1.100h-9.400a2.400 2.400 0 0 1-2-1.100z"
        fill="#f4f9fa"
      />
      <path
        d="M6.900 16.900h18.200l-2.400 3.800a2.400 2.400 0 0 1-2 1.100h-9.400a2.400 2.400 0 0 1-2-1.100z"
        fill="#e4603f"
      />
      <path
        d="M2.500 24.600l27 3.900M7.600 22.800l-1.100 4.800M15.800 24l-1.100 4.800M24 25.200l-1.100 4.600"
        stroke="#3fb8bd"
        strokeWidth="1.7"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}

export function Logo({ size = 32 }: { size?: number }) {
  return (
    <span className={classes.logo}>
      <LogoMark size={size} />
      <span className={classes.word}>Slipway</span>
    </span>
  );
}
