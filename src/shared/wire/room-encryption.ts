/** The one algorithm that messages of rooms are encrypted with. Matrix v1.19 Client-Server API, "m.megolm.v1.aes-sha2". */
export const megolm = "m.megolm.v1.aes-sha2";
