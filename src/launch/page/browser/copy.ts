import { byId } from './elements.ts';

/** Makes a button copy what is seen in a box, and nothing else: no line break at its end. */
export function copies(button: HTMLButtonElement): void {
  const id = button.dataset['copy']!;
  button.addEventListener('click', async () => {
    const box = byId(id);
    const text = box.textContent ?? '';
    try {
      await navigator.clipboard.writeText(text);
      byId(`${id}-copied`).textContent = 'Copied.';
    } catch {
      getSelection()?.selectAllChildren(box);
      byId(`${id}-copied`).textContent = 'Selected: copy it with your keyboard.';
    }
  });
}
