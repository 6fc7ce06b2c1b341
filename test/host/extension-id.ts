/** `publisher.name` of package.json. */
export const EXTENSION_ID = 'longview.longview';
