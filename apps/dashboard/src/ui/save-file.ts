/** Has the browser save it as a download would be. */
export function saveFile(name: string, bytes: ArrayBuffer, type: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Firefox reads it only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
