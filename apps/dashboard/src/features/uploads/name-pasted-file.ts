const two = (value: number): string => String(value).padStart(2, '0');

/** Browsers call every pasted picture `image.png`; the moment tells them apart. */
export function namePastedFile(file: File, now: Date): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}`;
  return new File([file], file.name.replace('image', `Pasted ${day} ${time}`), { type: file.type });
}
