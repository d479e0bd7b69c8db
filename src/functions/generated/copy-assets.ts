export const COPY_ASSETS_CODE: string = 'exports.handler = async () => {\n};\n';
