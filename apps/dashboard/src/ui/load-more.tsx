import { Button, Center } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';

interface LoadMoreProps {
  loading: boolean;
  onMore: () => void;
}

/** Asks for the next page when it comes near the window; a button too, for those who do not scroll. */
export function LoadMore({ loading, onMore }: LoadMoreProps) {
  const place = useRef<HTMLDivElement>(null);
  const more = useEffectEvent(onMore);
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: '600px',
    });
    if (place.current) watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return (
    <Center ref={place} mt="xl">
      <Button variant="default" loading={loading} onClick={onMore}>
        Show more
      </Button>
    </Center>
  );
}
