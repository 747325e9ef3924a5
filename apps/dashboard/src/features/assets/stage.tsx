import { Text } from '@mantine/core';
import type { Asset } from '@slipway/sdk';
import { useState } from 'react';
import { fileKind, isDrawnByBrowsers } from '../../ui/file-kind';
import { Placeholder } from '../../ui/placeholder';
import { SteadyImage } from '../../ui/steady-image';
import { standingOf } from './asset-standing';
import classes from './lightbox.module.css';

interface StageProps {
  asset: Asset;
  preview: string | null;
  /** A signed URL no longer opens. */
  onExpired: () => void;
}

function NoPicture({ asset, text }: { asset: Asset; text: string }) {
  return (
    <div className={classes.noPicture}>
      <Placeholder type={asset.content_type} fileName={asset.file_name} />
      <Text className={classes.noPictureText}>{text}</Text>
    </div>
  );
}

/** The small picture at once, the whole one over it as soon as it is decoded. */
function WholeImage({ asset, url, preview, onExpired }: StageProps & { url: string }) {
  const [arrived, setArrived] = useState(false);
  const [failed, setFailed] = useState(false);
  const [broken, setBroken] = useState(false);
  const meanwhile = preview ?? asset.thumbnail_url;
  const recover = () => {
    setFailed(true);
    onExpired();
  };
  return (
    <>
      {failed && !arrived && (broken || !meanwhile) && (
        <NoPicture asset={asset} text="This picture cannot be shown: open or download it." />
      )}
      {meanwhile && !arrived && (
        <img
          src={meanwhile}
          alt=""
          className={`${classes.image} ${classes.meanwhile}`}
          onError={() => setBroken(true)}
        />
      )}
      <SteadyImage
        src={url}
        alt={asset.name}
        className={classes.image}
        onShown={() => setArrived(true)}
        onExpired={recover}
      />
    </>
  );
}

/** The file itself, as far as browsers can show it. Key it by the asset. */
export function Stage({ asset, preview, onExpired }: StageProps) {
  const kind = fileKind({ type: asset.content_type, name: asset.file_name });
  const { access_url: url } = asset;
  if (url === null)
    return <NoPicture asset={asset} text={standingOf(asset).why ?? 'This file cannot be shown.'} />;
  if (isDrawnByBrowsers(asset.content_type)) {
    return <WholeImage asset={asset} url={url} preview={preview} onExpired={onExpired} />;
  }
  if (kind === 'video') {
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- people's own files come without caption tracks
      <video className={classes.video} src={url} controls playsInline onError={onExpired} />
    );
  }
  if (kind === 'audio') {
    return (
      <div className={classes.noPicture}>
        <Placeholder type={asset.content_type} fileName={asset.file_name} />
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- people's own files come without caption tracks */}
        <audio className={classes.audio} src={url} controls onError={onExpired} />
      </div>
    );
  }
  if (asset.thumbnail_url) {
    return (
      <SteadyImage
        src={asset.thumbnail_url}
        alt={asset.name}
        className={classes.image}
        onExpired={onExpired}
      />
    );
  }
  return <NoPicture asset={asset} text="No preview here yet: open or download it." />;
}
