-- AlterTable
ALTER TABLE "memberships" ADD COLUMN     "asked_through" TEXT;
