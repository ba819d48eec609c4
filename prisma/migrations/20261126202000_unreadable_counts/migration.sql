-- CreateTable
CREATE TABLE "unreadable_counts" (
    "day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "unreadable_counts_pkey" PRIMARY KEY ("day","reason")
);
