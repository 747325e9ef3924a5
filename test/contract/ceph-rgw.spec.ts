import { cephRgw } from '../support/object-stores';
import { describeObjectStore } from './object-store-contract';

describeObjectStore(cephRgw());
