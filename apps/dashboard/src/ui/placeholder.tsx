import { extensionOf, fileKind, KIND_NAMES } from './file-kind';
import classes from './placeholder.module.css';
import { Sketch } from './sketches';

/** Stands for a file that has no picture: what it is, drawn, and its extension. Its name stands beside it as text. */
export function Placeholder({ type, fileName }: { type: string; fileName: string }) {
  const kind = fileKind({ type, name: fileName });
  return (
    <span className={classes.placeholder} data-kind={kind} aria-hidden="true">
      <Sketch kind={kind} className={classes.sketch} />
      <span className={classes.extension}>{extensionOf(fileName) || KIND_NAMES[kind]}</span>
    </span>
  );
}
