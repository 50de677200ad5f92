import { computed, signal } from '@preact/signals';
import { onDevice } from '../../shared/page-storage.ts';

const KEY = 'silkgraph-theme';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = onDevice.getItem(KEY);

/** Selected theme; `system` follows the device. */
export const theme = signal<Theme>(themes.find((name) => name === kept) ?? 'system');

const device = matchMedia('(prefers-color-scheme: dark)');
const deviceIsDark = signal(device.matches);
device.addEventListener('change', ({ matches }) => {
  deviceIsDark.value = matches;
});

export const isDark = computed(() => (theme.value === 'system' ? deviceIsDark.value : theme.value === 'dark'));

/** Selects a theme and stores it on this device. */
export function chooseTheme(name: Theme): void {
  theme.value = name;
  if (name === 'system') onDevice.removeItem(KEY);
  else onDevice.setItem(KEY, name);
}
