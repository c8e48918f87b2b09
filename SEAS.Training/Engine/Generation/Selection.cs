namespace SEAS.Training.Engine.Generation;

/// <summary>Finds one order statistic without sorting.</summary>
/// <remarks>Hoare 1961, "Algorithm 65: Find". The pivot is the middle of three, so sorted input costs no more than random input.</remarks>
internal static class Selection
{
    /// <summary>The <paramref name="rank"/>-th greatest number, counted from 1; the numbers are reordered.</summary>
    public static float Greatest(Span<float> numbers, int rank)
    {
        var wanted = rank - 1;
        var (low, high) = (0, numbers.Length - 1);
        while (low < high)
        {
            var pivot = Middle(numbers[low], numbers[(low + high) / 2], numbers[high]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (numbers[left] > pivot)
                {
                    left++;
                }

                while (numbers[right] < pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (numbers[left], numbers[right]) = (numbers[right], numbers[left]);
                    left++;
                    right--;
                }
            }

            if (wanted <= right)
            {
                high = right;
            }
            else if (wanted >= left)
            {
                low = left;
            }
            else
            {
                return numbers[wanted];
            }
        }

        return numbers[wanted];
    }

    private static float Middle(float a, float b, float c) => float.Max(float.Min(a, b), float.Min(float.Max(a, b), c));
}
