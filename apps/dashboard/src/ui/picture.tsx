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

/** Placeholder, local preview and thumbnail, one upon the other: nothing is taken away before the next layer is drawn. */
export function Picture(props: PictureProps) {
  const { type, fileName, preview, thumbnail } = props;
  const [arrived, setArrived] = useState(false);
  const settle = () => {
    setArrived(true);
    props.onThumbnailShown?.();
  };
  return (
    <span className={classes.picture}>
      {!preview && !arrived && <Placeholder type={type} fileName={fileName} />}
      {preview && <img src={preview} alt="" className={classes.layer} decoding="async" draggable={false} />}
      {thumbnail && (
        <SteadyImage
          src={thumbnail}
          alt=""
          lazy={!preview}
          className={`${classes.layer} ${classes.thumbnail} ${arrived ? classes.arrived : ''}`}
          onShown={settle}
          onExpired={props.onThumbnailExpired}
        />
      )}
    </span>
  );
}
