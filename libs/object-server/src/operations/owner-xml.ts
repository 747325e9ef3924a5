import { branch, leaf } from '../xml/build-xml';

/** There is one owner of everything. */
export const OWNER_XML = branch('Owner', leaf('ID', 'object-server'), leaf('DisplayName', 'object-server'));
