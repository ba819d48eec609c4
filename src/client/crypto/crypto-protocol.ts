/** Raised when a page and a worker of different versions would misunderstand each other. */
export const cryptoProtocol = 2;
