/*
 * OpenBLAS on one thread, for scripts/bench-tinylm.mjs: one matrix product a line of input, timed.
 *
 * A line is "m n k turnA turnB add lda ldb ldc reps"; the answer is "seconds sum", where sum is the sum of the squares of the
 * product, worked out once before, so that the other side can see that both did the same work.
 */
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void openblas_set_num_threads(int);
char *openblas_get_corename(void);

#define ROOM 400000

/** The values that scripts/bench-tinylm/products.ts has, too. */
static void fill(float *to, unsigned state) {
  for (int i = 0; i < ROOM; i++) {
    state = state * 1664525u + 1013904223u;
    to[i] = (float)(state >> 8) / 16777216.0f - 0.5f;
  }
}

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec + at.tv_nsec * 1e-9;
}

int main(void) {
  float *a = aligned_alloc(64, ROOM * 4), *b = aligned_alloc(64, ROOM * 4), *c = aligned_alloc(64, ROOM * 4);
  if (!a || !b || !c) return 1;
  openblas_set_num_threads(1);
  fill(a, 1);
  fill(b, 2);
  printf("%s\n", openblas_get_corename());
  fflush(stdout);
  int m, n, k, turnA, turnB, add, lda, ldb, ldc, reps;
  while (scanf("%d %d %d %d %d %d %d %d %d %d", &m, &n, &k, &turnA, &turnB, &add, &lda, &ldb, &ldc, &reps) == 10) {
    enum CBLAS_TRANSPOSE ta = turnA ? CblasTrans : CblasNoTrans, tb = turnB ? CblasTrans : CblasNoTrans;
    cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, 1, a, lda, b, ldb, 0, c, ldc);
    double sum = 0;
    for (int i = 0; i < m; i++)
      for (int j = 0; j < n; j++) sum += (double)c[i * ldc + j] * c[i * ldc + j];
    double start = now();
    for (int i = 0; i < reps; i++) cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, 1, a, lda, b, ldb, add, c, ldc);
    printf("%.9f %.6f\n", now() - start, sum);
    fflush(stdout);
  }
  return 0;
}
