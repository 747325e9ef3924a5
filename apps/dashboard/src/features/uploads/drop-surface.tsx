import { Text } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect } from 'react';
import { useDropzone } from 'react-dropzone';
import { namePastedFile } from './name-pasted-file';
import classes from './uploads.module.css';
import { useUploads } from './uploads-context';

const BrowseContext = createContext<() => void>(() => {});

/** Opens the file picker for the project that is on the screen. */
export const useBrowse = (): (() => void) => useContext(BrowseContext);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}

function usePastedFiles(add: ((files: File[]) => void) | null) {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!add || files.length === 0 || isTyping(event.target)) return;
      event.preventDefault();
      add(files.map((file) => namePastedFile(file, new Date())));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [add]);
}

function DropHint() {
  return (
    <div className={classes.overlay} aria-hidden="true">
      <div className={classes.overlayFrame}>
        <Text fw={650} fz={26} c="white">
          Let go to launch
        </Text>
        <Text c="tide.1">The files go straight into this project</Text>
      </div>
    </div>
  );
}

interface DropSurfaceProps {
  /** Where dropped files go; null on pages without a project, where a drop does nothing. */
  projectId: string | null;
  children: ReactNode;
}

/** The whole page takes drops and pasted pictures, dialogs above it included: React's events pass through portals. */
export function DropSurface({ projectId, children }: DropSurfaceProps) {
  const { queue } = useUploads();
  const add = useCallback(
    (files: File[]) => {
      if (projectId && files.length > 0) queue.add(files, { projectId });
    },
    [queue, projectId],
  );
  usePastedFiles(projectId ? add : null);
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    onDrop: add,
    noClick: true,
    noKeyboard: true,
    disabled: projectId === null,
  });
  return (
    <BrowseContext value={open}>
      <div {...getRootProps({ role: 'presentation', className: classes.surface, tabIndex: undefined })}>
        <input {...getInputProps({ 'aria-label': 'Files to upload' })} />
        {children}
        {isDragActive && <DropHint />}
      </div>
    </BrowseContext>
  );
}
