/** The answer, or `late` once so many milliseconds passed; an answer after that is left alone. Without a limit it is waited for. */
export async function withinDeadline<T>(answer: Promise<T>, limit: number | undefined): Promise<{ readonly late: false; readonly answer: T } | { readonly late: true; readonly limit: number }> {
  if (limit === undefined) return { late: false, answer: await answer };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ readonly late: true; readonly limit: number }>((resolve) => {
    timer = setTimeout(() => resolve({ late: true, limit }), limit);
  });
  try {
    // Once it is late nobody hears of its failure.
    answer.catch(() => undefined);
    return await Promise.race([answer.then((value) => ({ late: false as const, answer: value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
