import { makeImageThumbnail, type ImageThumbnailRequest } from '../image/make-image-thumbnail';
import { serveJob } from './serve-job';

serveJob((request) => makeImageThumbnail(request as ImageThumbnailRequest));
