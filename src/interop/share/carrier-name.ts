/** Does the name say that a file may have a project inside? */
export const isCarrierName = (fileName: string): boolean => /\.(png|svg|html?|txt)$/i.test(fileName);
