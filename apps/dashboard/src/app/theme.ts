import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Shallow water to deep: what can be pressed. */
const tide: MantineColorsTuple = [
  '#e7f6f6',
  '#cfebec',
  '#9fd6d9',
  '#6cc0c5',
  '#41adb3',
  '#2499a0',
  '#0f7c85',
  '#0c666e',
  '#095057',
  '#063b41',
];

/** Red lead, the paint below the waterline: warnings and what destroys. */
const keel: MantineColorsTuple = [
  '#fdefeb',
  '#f9dad2',
  '#f2b5a5',
  '#eb8e77',
  '#e66e51',
  '#e4603f',
  '#c44425',
  '#a3371d',
  '#822c17',
  '#622111',
];

/** Mantine's greys of the dark scheme, as a night at sea. */
const dark: MantineColorsTuple = [
  '#dbe6ef',
  '#b7c7d6',
  '#8fa3b6',
  '#63798e',
  '#2d4660',
  '#20384f',
  '#152b42',
  '#0b1c2e',
  '#081626',
  '#050f1b',
];

const ink = '#0f2438';

export const theme = createTheme({
  colors: { tide, keel, dark },
  primaryColor: 'tide',
  primaryShade: 6,
  black: ink,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    "'Inter', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, 'Liberation Mono', monospace",
  headings: { fontWeight: '650', textWrap: 'balance' },
  radius: { xs: '4px', sm: '8px', md: '10px', lg: '16px', xl: '24px' },
  shadows: {
    xs: '0 1px 2px rgb(9 31 51 / 6%)',
    sm: '0 1px 2px rgb(9 31 51 / 5%), 0 4px 12px rgb(9 31 51 / 6%)',
    md: '0 2px 4px rgb(9 31 51 / 5%), 0 10px 28px rgb(9 31 51 / 9%)',
    xl: '0 4px 10px rgb(9 31 51 / 8%), 0 24px 60px rgb(9 31 51 / 18%)',
  },
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'lg',
        overlayProps: { color: '#071422', backgroundOpacity: 0.6, blur: 3 },
      },
      styles: {
        title: { fontSize: '1.12rem', fontWeight: 650, overflowWrap: 'anywhere' },
        header: { backgroundColor: 'var(--surface)' },
        content: { backgroundColor: 'var(--surface)' },
      },
    },
    Notification: {
      styles: { description: { color: 'var(--mantine-color-dimmed)', overflowWrap: 'anywhere' } },
    },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, color: 'dark.6' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    // As round as the other fields they would pass for radio buttons.
    Checkbox: { defaultProps: { radius: 'xs' } },
    NativeSelect: { defaultProps: { size: 'md' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f3f7f9',
    '--mantine-color-text': ink,
    '--mantine-color-dimmed': '#566b7d',
    '--mantine-color-error': '#c44425',
  },
  dark: {
    '--mantine-color-dimmed': '#9db0c1',
    '--mantine-color-error': '#f2917a',
    '--mantine-color-tide-light': '#173f4d',
    '--mantine-color-tide-light-hover': '#1c4a5a',
    '--mantine-color-tide-light-color': '#a9e0e3',
    '--mantine-color-keel-light': '#43241f',
    '--mantine-color-keel-light-hover': '#512c25',
    '--mantine-color-keel-light-color': '#f2b5a5',
  },
});
