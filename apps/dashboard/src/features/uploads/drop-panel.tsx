import { IconCloudUpload } from '@tabler/icons-react';
import { useBrowse } from './drop-surface';
import classes from './uploads.module.css';

/** Says that the page takes files. One large button, so that it can be pressed with a key as well. */
export function DropPanel({ roomy }: { roomy: boolean }) {
  const browse = useBrowse();
  return (
    <button type="button" className={classes.panel} data-roomy={roomy} onClick={browse}>
      <span className={classes.panelIcon}>
        <IconCloudUpload size={roomy ? 36 : 24} stroke={1.5} />
      </span>
      <span className={classes.panelText}>
        <span className={classes.forMouse}>
          <strong>{roomy ? 'Drop your first files here' : 'Drop files anywhere on this page'}</strong>
          <span>or press to choose them, or paste a picture. Photos, 3D models, video, large files too.</span>
        </span>
        <span className={classes.forTouch}>
          <strong>{roomy ? 'Add your first files' : 'Add files'}</strong>
          <span>Tap to take a photo or choose files. Photos, 3D models, video, large files too.</span>
        </span>
      </span>
    </button>
  );
}
