import { RouterProvider } from '@tanstack/react-router';
import { router } from './router';

/** All pages behind the sign-in, in a chunk of their own. */
export function SignedIn() {
  return <RouterProvider router={router} />;
}
