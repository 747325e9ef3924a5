import { useState } from 'react';
import classes from './picture.module.css';
import { Placeholder } from './placeholder';
import { SteadyImage } from './steady-image';

export interface PictureProps {
  type: string;
  fileName: string;
  /** Of the file in this browser, there from the first moment. */
  preview?: string | null | undefined;
  thumbnail?: string | null | undefined;
  /** The thumbnail is on the screen: the preview may go. */
  onThumbnailShown?: (() => void) | undefined;
  onThumbnailExpired?: (() => void) | undefined;
}

/** Placeholder, local preview and thumbnail, one upon the other: none is taken away before the next one is drawn. */
export function Picture(props: PictureProps) {
  const { type, fileName, preview, thumbnail } = props;
  const [arrived, setArrived] = useState(false);
  const [previewed, setPreviewed] = useState(false);
  const settle = () => {
    setArrived(true);
    props.onThumbnailShown?.();
  };
  return (
    <span className={classes.picture}>
      {!arrived && !(preview && previewed) && <Placeholder type={type} fileName={fileName} />}
      {preview && (
        <SteadyImage src={preview} alt="" className={classes.layer} onShown={() => setPreviewed(true)} />
      )}
      {thumbnail && (
        <SteadyImage
          src={thumbnail}
          alt=""
          lazy={!preview}
          className={arrived ? classes.layer : classes.unseen}
          onShown={settle}
          onExpired={props.onThumbnailExpired}
        />
      )}
    </span>
  );
}
