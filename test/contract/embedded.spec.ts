import { embeddedStorage } from '../support/object-stores';
import { describeObjectStore } from './object-store-contract';

describeObjectStore(embeddedStorage);
